// Keeps a page of the preview as its source is: exchanges what has changed, so that the place on the page,
// the focus, what is unfolded and what is playing stay; and shows what is wrong on top of it.

const script = document.querySelector("script[data-version]");
const follows = "follow" in script.dataset;
const sheet = new CSSStyleSheet();
const PROGRAMS = 'script:not([type="application/ld+json"], [data-version])';
const STYLE = /<style>([^]*?)<\/style>/;
const FOLLOWED = "preview-followed"; // in the tab's own storage: where it goes, and from which state
const MANY = 250_000; // pairs of elements that are worth a comparison

let version = script.dataset.version;
let state = { version, problems: [], saved: [] };
let title = document.title;
let told = takeFollowed(); // the last state whose saves this page has been told of
let source, isBusy, isOld, hasEnded;
let fault = ""; // why this page could not be drawn

// Drafts and posts that wait have a badge, which only the preview shows.
const badges = new CSSStyleSheet();
badges.replaceSync(`
  .badge { inline-size: fit-content; margin-block-end: .75rem; padding: .2rem .75rem; border: 2px solid;
    color: var(--accent); font: 600 var(--small) / 1.55 var(--sans); }
`);
document.adoptedStyleSheets = [badges];

// The problems stand in a part of the document that the page knows nothing of.
const panel = document.createElement("preview-problems");
const root = panel.attachShadow({ mode: "open" });
const look = new CSSStyleSheet();
look.replaceSync(`
  section { all: initial; position: fixed; inset: auto 0 0; z-index: 2147483647; max-block-size: 45vh; overflow: auto;
    box-sizing: border-box; padding: .6rem 1rem; border-block-start: 4px solid #a3142b; background: #fff; color: #1c1b1a;
    font: 15px/1.45 system-ui, sans-serif; color-scheme: light; box-shadow: 0 -2px 12px #0004; }
  section.warnings { border-color: #8a6100; }
  header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
  header p { margin: 0; font-weight: 600; }
  button { font: inherit; padding: .15rem .7rem; }
  ol { margin: .4rem 0 0; padding-inline-start: 1.4rem; }
  li { margin-block-end: .5rem; }
  b, pre { font-family: ui-monospace, Consolas, monospace; font-size: 13px; }
  pre { margin: .2rem 0 0; padding: .25rem .5rem; background: #f3efe8; white-space: pre-wrap; overflow-wrap: anywhere; }
  .folded ol { display: none; }
  @media print { section { display: none; } }
`);
root.adoptedStyleSheets = [look];
let isFolded = false, foldedFor = "";

function make(tag, text = "", ...children) {
  const element = document.createElement(tag);
  element.textContent = text;
  element.append(...children);
  return element;
}

function count(number, word) {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

function showProblems() {
  const isTold = state.problems.some(({ text }) => fault.includes(text));
  const problems = fault && !isTold ? [{ level: "error", place: "", text: fault, line: "" }, ...state.problems] : state.problems;
  const errors = problems.filter(({ level }) => level === "error").length;
  document.title = problems.length ? `(${problems.length}) ${title}` : title;
  const shown = JSON.stringify([problems, hasEnded]);
  if (showProblems.shown === shown) return;
  showProblems.shown = shown;
  if (!problems.length && !hasEnded) {
    panel.remove();
    return;
  }
  if (foldedFor !== shown) isFolded = !errors && !hasEnded;
  const section = make("section");
  section.setAttribute("role", "region");
  section.setAttribute("aria-label", "Problems");
  section.className = errors || hasEnded ? "" : "warnings";
  const counts = [errors && count(errors, "error"), problems.length - errors && count(problems.length - errors, "warning")];
  const told = hasEnded ? "The preview has ended. Start it again: python3 tasks.py preview" : counts.filter(Boolean).join(", ");
  const heading = make("p", told);
  heading.setAttribute("role", "status");
  const button = make("button");
  const fold = () => {
    section.classList.toggle("folded", isFolded);
    button.textContent = isFolded ? "Show" : "Hide";
    button.setAttribute("aria-expanded", String(!isFolded));
    foldedFor = shown;
  };
  button.onclick = () => { isFolded = !isFolded; fold(); };
  const list = make("ol", "", ...problems.map(({ level, place, text, line }) => {
    const item = make("li", "", make("b", place), `${place && " "}${level === "warning" ? "Warning: " : ""}${text}`);
    if (line) item.append(make("pre", line));
    return item;
  }));
  section.append(make("header", "", heading, ...(problems.length ? [button] : [])), list);
  fold();
  root.replaceChildren(section);
  document.documentElement.append(panel);
}

// Attributes that belong to the reader's hand as soon as it has touched them.
const OWN_ATTRIBUTES = new Set(["open"]);

function exchangeAttributes(old, fresh) {
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name) && !OWN_ATTRIBUTES.has(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value && !OWN_ATTRIBUTES.has(name)) old.setAttribute(name, value);
}

function exchange(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  exchangeAttributes(old, fresh);
  exchangeChildren(old, [...old.childNodes], [...fresh.childNodes]);
}

function isAlike(old, fresh) {
  return old.nodeName === fresh.nodeName && (old.id ?? "") === (fresh.id ?? "");
}

// What is equal stays; of what stands between two equal nodes, those of one kind are exchanged in place.
function exchangeChildren(parent, olds, freshes) {
  while (olds.length && freshes.length && olds[0].isEqualNode(freshes[0])) { olds.shift(); freshes.shift(); }
  let end = null;
  while (olds.length && freshes.length && olds.at(-1).isEqualNode(freshes.at(-1))) { end = olds.pop(); freshes.pop(); }
  const pairs = findEqual(olds, freshes);
  let place = 0, freshPlace = 0;
  for (const [one, other] of [...pairs, [olds.length, freshes.length]]) {
    const before = olds[one] ?? end;
    exchangeRun(parent, olds.slice(place, one), freshes.slice(freshPlace, other), before);
    [place, freshPlace] = [one + 1, other + 1];
  }
}

function exchangeRun(parent, olds, freshes, before) {
  let next = 0;
  for (const fresh of freshes) {
    const found = olds.findIndex((old, index) => index >= next && isAlike(old, fresh));
    if (found < 0) {
      parent.insertBefore(document.importNode(fresh, true), olds[next] ?? before);
      continue;
    }
    for (const old of olds.slice(next, found)) old.remove();
    exchange(olds[found], fresh);
    next = found + 1;
  }
  for (const old of olds.slice(next)) old.remove();
}

// The longest common subsequence of two lists of nodes, as pairs of their places.
function findEqual(olds, freshes) {
  if (!olds.length || !freshes.length || olds.length * freshes.length > MANY) return [];
  const texts = new Map(), name = node => node.outerHTML ?? `${node.nodeType}${node.nodeValue}`;
  const number = node => { const text = name(node); if (!texts.has(text)) texts.set(text, texts.size); return texts.get(text); };
  const ones = olds.map(number), others = freshes.map(number);
  const lengths = Array.from({ length: ones.length + 1 }, () => new Uint32Array(others.length + 1));
  for (let i = ones.length - 1; i >= 0; i--)
    for (let j = others.length - 1; j >= 0; j--)
      lengths[i][j] = ones[i] === others[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
  const pairs = [];
  for (let i = 0, j = 0; i < ones.length && j < others.length;) {
    if (ones[i] === others[j]) pairs.push([i++, j++]);
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
    else j++;
  }
  return pairs;
}

// A style made by a script is no part of the page, so the page's policy has nothing to say about it.
function exchangeStyle(text) {
  const own = document.querySelector("head > style");
  if (text === (sheet.text ?? own?.textContent ?? "")) return;
  sheet.replaceSync(text);
  sheet.text = text;
  document.adoptedStyleSheets = [sheet, badges];
  if (own) own.disabled = true;
}

function exchangePage(page, style) {
  exchangeStyle(style);
  title = page.title;
  exchangeAttributes(document.documentElement, page.documentElement);
  exchangeAttributes(document.body, page.body);
  exchangeChildren(document.body, [...document.body.childNodes], [...page.body.childNodes]);
}

// A page with programs of its own has changed itself; it is loaded anew if its source has changed.
const hasPrograms = Boolean(document.querySelector(PROGRAMS));

async function refresh() {
  isOld = true;
  if (isBusy) return;
  isBusy = true;
  try {
    while (isOld) {
      isOld = false;
      const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
      const text = await answer.text();
      // The policy of the page that is open would complain of another style.
      const [style, css = ""] = STYLE.exec(text) ?? [""];
      const page = new DOMParser().parseFromString(text.replace(style, ""), "text/html");
      const fresh = page.querySelector("script[data-version]")?.dataset ?? { version };
      version = fresh.version;
      if (hasPrograms || page.querySelector(PROGRAMS)) {
        if (fresh.source !== script.dataset.source) location.reload();
        continue;
      }
      // What cannot be drawn leaves the last good state on screen, and the problems say why.
      fault = answer.status === 503 ? page.querySelector("main").textContent : "";
      if (!fault) exchangePage(page, css);
      showProblems(); // with the title, which does not wait for the next state
    }
  } catch {
    // The server is gone: the connection for events tells when it is back.
  } finally {
    isBusy = false;
    showProblems();
    document.documentElement.dataset.shown = version;
  }
}

// What was saved while this page was on its way is told too, though the page may be newer.
function takeFollowed() {
  const [address, since] = JSON.parse(sessionStorage.getItem(FOLLOWED) ?? "[]");
  sessionStorage.removeItem(FOLLOWED);
  return address === location.pathname ? since : script.dataset.version;
}

function receive(event) {
  state = JSON.parse(event.data);
  told = state.version;
  hasEnded = false;
  if (follows && state.saved.length && !state.saved.includes(location.pathname)) {
    sessionStorage.setItem(FOLLOWED, JSON.stringify([state.saved[0], told]));
    location.assign(state.saved[0]);
  } else if (state.version !== version) {
    refresh();
  } else {
    showProblems();
  }
}

// A browser has six connections for a site: a page that nobody sees needs none.
function connect() {
  source?.close();
  if (document.hidden) return;
  source = new EventSource(`/.preview/events/${told}`);
  source.onmessage = receive;
  source.onerror = () => {
    hasEnded = true;
    showProblems();
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
  };
}

document.addEventListener("visibilitychange", connect);
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  told = ""; // who came back to this page wants to see it, whatever was saved since
  connect();
});
addEventListener("pagehide", () => source?.close());
document.documentElement.dataset.shown = version;
connect();
