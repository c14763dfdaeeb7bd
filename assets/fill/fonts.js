// Which fonts this computer has. A face that can be loaded by name is there.

/** @typedef {import("./kit.js").Fonts} Fonts */

/** Other names of the same fonts, by which browsers may know them. @type {Record<string, string[]>} */
const names = {
  仿宋_GB2312: ["FangSong_GB2312"],
  方正小标宋简体: ["FZXiaoBiaoSong-B05S"],
  方正小标宋_GBK: ["FZXiaoBiaoSong-B05"],
  楷体_GB2312: ["KaiTi_GB2312"],
  仿宋: ["FangSong"],
  楷体: ["KaiTi"],
  黑体: ["SimHei"],
  华文中宋: ["STZhongsong"],
  华文仿宋: ["STFangsong"],
  华文楷体: ["STKaiti"],
  华文黑体: ["STHeiti"],
  方正仿宋_GBK: ["FZFangSong-Z02", "FZFSK--GBK1-0"],
  方正楷体_GBK: ["FZKai-Z03", "FZKTK--GBK1-0"],
  方正黑体_GBK: ["FZHei-B01", "FZHTK--GBK1-0"],
};

/**
 * The fonts of a profile that this computer lacks, of those in which the text is set.
 * @param {Fonts} fonts
 * @returns {Promise<string[]>}
 */
export async function missingFonts(fonts) {
  const wanted = [fonts.song, fonts.fang, fonts.hei, fonts.kai];
  const there = await Promise.all(wanted.map(has));
  return wanted.filter((_, i) => !there[i]);
}

/** @param {string} name */
async function has(name) {
  const sources = [name, ...(names[name] ?? [])].map((n) => `local("${n}")`).join(",");
  try {
    await new FontFace("wenfang-probe", sources).load();
    return true;
  } catch {
    return false;
  }
}
