// What the program hands over for making documents as it does (internal/official/kit.go): for the
// sheets the forms of paragraphs; for a .docx its parts, in which fonts are named by their roles.

/**
 * @typedef {{id: string, fang: string, song: string, hei: string, kai: string, page: string, latin: string, instead: string[]}} Fonts
 * @typedef {{font?: string, size?: number, align?: string, line?: number, first?: number, left?: number, right?: number, hang?: number, color?: string}} Form
 * @typedef {{name: string, data: string}} Part
 * @typedef {{profiles: Fonts[], forms: Record<string, Form>}} Looks
 * @typedef {Looks & {parts: Part[], letter: Part[], head: string, tail: string, sections: Record<string, string>, turn: string[],
 *   frames: Record<string, string>}} Kit
 */

/** What the page has of it. @returns {Looks & Partial<Kit> | undefined} */
export function pageKit() {
  return /** @type {any} */ (window).wenfang?.official;
}

/**
 * @param {Looks} kit
 * @param {string} style
 * @returns {Form}
 */
export function formOf(kit, style) {
  return kit.forms[style] ?? {};
}

/**
 * @param {Looks} kit
 * @param {string | null} id
 * @returns {Fonts}
 */
export function profile(kit, id) {
  return kit.profiles.find((p) => p.id === id) ?? /** @type {Fonts} */ (kit.profiles[0]);
}

/**
 * @param {Fonts} fonts
 * @param {string | undefined} role
 */
export function fontOf(fonts, role) {
  const names = /** @type {Record<string, string>} */ ({ song: fonts.song, hei: fonts.hei, kai: fonts.kai, page: fonts.page });
  return names[role ?? ""] ?? fonts.fang;
}
