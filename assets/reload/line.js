// One connection for all tabs of a browser, which opens only six to one server. The tab that
// holds a lock keeps the connection and passes on what it hears; when that tab goes, the lock
// goes to the next. Where there are no locks (the page was not loaded from this machine), a tab
// listens while it is seen.

const NAME = "wenfang-preview";
const AGAIN = 2000;

/**
 * @template State
 * @param {() => string} address
 * @param {(state: State) => void} heard
 * @param {(lost: boolean) => void} broken told when the server is gone, and when it is back
 */
export function listen(address, heard, broken) {
  /** @type {{state?: State, lost?: boolean} | undefined} what was heard last, in the leading tab */
  let last;
  const channel = new BroadcastChannel(NAME);
  /** @param {{state?: State, lost?: boolean}} news */
  const take = (news) => {
    broken(news.lost === true);
    if (news.state) heard(news.state);
  };
  channel.addEventListener("message", (event) => {
    if (event.data !== "ask") take(event.data);
    else if (last) channel.postMessage(last);
  });
  /** @param {{state?: State, lost?: boolean}} news */
  const tell = (news) => {
    last = news;
    take(news);
    channel.postMessage(news);
  };
  const connect = () => open(address, (/** @type {State} */ state) => tell({ state }), () => tell({ lost: true }));
  if (navigator.locks) lead(connect);
  else whileSeen(connect);
  channel.postMessage("ask");
}

/** @param {() => () => void} connect */
function lead(connect) {
  const wait = () =>
    navigator.locks.request(NAME, () => {
      const close = connect();
      return new Promise((release) => {
        window.addEventListener("pagehide", () => release(close()), { once: true });
      });
    });
  void wait();
  // A page that comes back out of the browser's memory waits for the lock again.
  window.addEventListener("pageshow", (event) => event.persisted && void wait());
}

/** @param {() => () => void} connect */
function whileSeen(connect) {
  /** @type {(() => void) | undefined} */
  let close;
  const check = () => {
    if (document.visibilityState === "visible") {
      close ??= connect();
    } else {
      close?.();
      close = undefined;
    }
  };
  check();
  document.addEventListener("visibilitychange", check);
}

/**
 * @template State
 * @param {() => string} address
 * @param {(state: State) => void} heard
 * @param {() => void} failed
 * @returns {() => void} ends it
 */
function open(address, heard, failed) {
  let timer = 0;
  /** @type {EventSource} */
  let events;
  const start = () => {
    events = new EventSource(address());
    events.addEventListener("message", (event) => heard(JSON.parse(event.data)));
    events.addEventListener("error", () => {
      failed();
      // The browser tries again by itself, unless it got an answer that is no stream.
      if (events.readyState === EventSource.CLOSED) timer = window.setTimeout(start, AGAIN);
    });
  };
  start();
  return () => {
    window.clearTimeout(timer);
    events.close();
  };
}
