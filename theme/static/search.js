// The page of the search: Pagefind's index is asked for what a reader types, and what is found is shown.
// Nothing is fetched before the field is used. All text comes into the page as text, never as HTML.

const form = document.querySelector("form.search");
const status = document.querySelector("[role=status]");
const list = document.querySelector(".found");
const more = document.querySelector("button.more");
const titles = document.querySelector(".index");
const field = form.elements.q;
const names = ["topic", "year", "questions"];
const END = "qzxend"; // behind it a document has words for the filters
// Letters of scripts that are written without blanks between words; in the index each is a word.
const UNSPACED =
  "\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u3029\\u3031-\\u3035\\u303b\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa" +
  "\\u30fc-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9d" +
  "\\u{20000}-\\u{323af}";
const WIDE_SIGNS = "\\u3001-\\u3004\\u3008-\\u3020\\u3030\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65";
const LETTER = new RegExp(`[${UNSPACED}]`, "gu");
const SPACED = new RegExp(`([${UNSPACED}]) (?=[${UNSPACED}])|([${WIDE_SIGNS}]) `, "gu");
const TOUCHING = new RegExp(`[${UNSPACED}] [${UNSPACED}]|[${WIDE_SIGNS}] `, "u");
const AT_ONCE = 10;
const LEAST = 4; // letters of a word that another can be like
const AROUND = 18; // words before and after the first that was found

let pagefind; // a promise, from the first use on
let tries = ""; // behind its address: some browsers ask no second time for a program that they did not get
let turn = 0; // of the latest search: what an earlier one finds comes too late
let waiting = []; // what was found and is not shown yet
let asked = ""; // what the page shows the answer to
let sent = location.href; // of this entry of the history, before more was typed
let last = history.state; // for a reader who comes back: how many were shown, and how far down she was

function load() {
  pagefind ??= import(`./pagefind/pagefind.js${tries}`).then(async (module) => {
    await module.options({ noWorker: true, baseUrl: new URL("..", location.href).pathname });
    await module.init();
    return module;
  });
  pagefind.catch(() => {
    pagefind = undefined; // the next use tries again
    tries = `?${Date.now()}`;
  });
  return pagefind;
}

function element(tag, text = "", attributes = {}) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(text);
  return made;
}

const space = (text) => text.replace(LETTER, " $& ");
const unspace = (text) => text.replace(SPACED, "$1$2");

function words() {
  const chosen = names.map((name) => form.elements[name]).filter(Boolean);
  return chosen.map((each) =>
    each.type === "checkbox" ? (each.checked ? each.dataset.word : "") : each.selectedOptions[0].dataset.word || "",
  ).filter(Boolean);
}

function excerpt(data) {
  const text = data.content.split(/\s+/);
  const begin = data.meta.title.split(/\s+/).length; // the title is shown above
  const end = text.indexOf(END);
  const found = new Set(data.locations);
  const first = data.locations.find((place) => place >= begin && place < end) ?? begin;
  const from = Math.max(begin, first - AROUND);
  const to = Math.min(end, from + 2 * AROUND);
  const line = element("p", from > begin ? "… " : "", { dir: "auto" });
  for (let place = from; place < to; place += 1) {
    const isApart = place > from && !TOUCHING.test(`${text[place - 1]} ${text[place]}`);
    line.append(isApart ? " " : "", found.has(place) ? element("mark", text[place]) : text[place]);
  }
  if (to < end) line.append(" …");
  return line;
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}+#]/gu, "");

// In place of a word that is nowhere Pagefind takes the longest beginning of it that is somewhere, be it a letter.
// Return what to say of what was found so: nothing where each word stands in it, in some form.
async function judge(module, found) {
  const seen = found.flatMap(({ content, locations, meta }) => {
    const text = content.split(/\s+/);
    return [...locations.map((place) => text[place]), ...Object.values(meta).join(" ").split(/\s+/)].map(fold);
  });
  let said = "";
  for (const typed of space(field.value.replaceAll('"', "")).split(/\s+/)) {
    const word = fold(typed);
    if (seen.some((each) => each.includes(word))) continue;
    if ((await module.search(`"${typed}"`)).results.length) continue; // another form of it
    const begin = word.slice(0, Math.ceil((word.length * 2) / 3));
    if (word.length < LEAST || !seen.some((each) => each.startsWith(begin))) return form.dataset.none;
    said = form.dataset.near;
  }
  return said;
}

function show(data) {
  const item = element("li");
  item.append(element("a", unspace(data.meta.title), { href: data.url, dir: "auto" }));
  const facts = data.meta.kind ? [form.dataset.topic] : [data.meta.day, data.meta.comments, data.meta.authors, data.meta.topics];
  const line = facts.filter(Boolean).join(" · ");
  if (line) item.append(element("p", line, { className: "record" }));
  item.append(excerpt(data));
  return item;
}

async function showMore() {
  const mine = turn;
  let loaded;
  try {
    loaded = await Promise.all(waiting.slice(0, AT_ONCE).map((each) => each.data()));
  } catch {
    if (mine === turn) status.textContent = form.dataset.failed;
    return;
  }
  if (mine !== turn) return;
  waiting = waiting.slice(AT_ONCE);
  const first = list.children.length;
  list.append(...loaded.map(show));
  more.hidden = !waiting.length;
  if (first) list.children[first].querySelector("a").focus();
}

const ask = () => [space(field.value).trim(), ...words()].filter(Boolean).join(" ");

async function search() {
  const mine = (turn += 1);
  asked = ask();
  const { number: shown = AT_ONCE, top } = last ?? {};
  titles.hidden = Boolean(asked);
  last = null;
  if (!asked) {
    list.replaceChildren();
    status.textContent = "";
    more.hidden = true;
    return;
  }
  try {
    const module = await load();
    const { results } = await module.search(asked);
    if (mine !== turn) return;
    const loaded = await Promise.all(results.slice(0, shown).map((each) => each.data()));
    const said = await judge(module, loaded);
    if (mine !== turn) return;
    const number = said === form.dataset.none ? 0 : results.length;
    const text = number > 1 ? form.dataset.many.replace("{number}", number) : number ? form.dataset.one : form.dataset.none;
    waiting = results.slice(shown, number);
    list.replaceChildren(...loaded.slice(0, number).map(show));
    more.hidden = !waiting.length;
    status.textContent = said || text;
    if (top) scrollTo(0, top);
  } catch {
    if (mine !== turn) return;
    status.textContent = form.dataset.failed;
    titles.hidden = false;
  }
}

function remember(state = null, before = "") {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  try {
    if (before) history.replaceState(null, "", before);
    history[before ? "pushState" : "replaceState"](state, "", query.size ? `?${query}` : location.pathname);
  } catch {
    // Some browsers refuse more than so many changes in so many seconds; the search goes on.
  }
}

function recall() {
  const query = new URLSearchParams(location.search);
  field.value = query.get("q") ?? "";
  for (const name of names) {
    const each = form.elements[name];
    if (!each) continue;
    if (each.type === "checkbox") each.checked = query.get(name) === each.value;
    else each.value = [...each.options].some((option) => option.value === query.get(name)) ? query.get(name) : "";
  }
}

function type() {
  remember();
  search();
}

recall();
// What is typed takes the place of this entry of the history; what is sent is a new one, behind what was there.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  type();
  if (location.search !== new URL(sent).search) remember(null, sent);
  sent = location.href;
});
form.addEventListener("input", type);
addEventListener("popstate", (event) => {
  sent = location.href;
  recall();
  if (ask() === asked) return; // another place of the page
  last = event.state;
  search();
});
// Escape empties the field, and from what was found it leads back to it; some browsers do the first by themselves.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
  if (document.activeElement === field) {
    if (!field.value) return;
    event.preventDefault();
    field.value = "";
    type();
  } else if (list.contains(document.activeElement) || document.activeElement === more) {
    field.focus();
  }
});
for (const use of ["pointerenter", "focusin"]) form.addEventListener(use, load, { once: true });
more.addEventListener("click", showMore);
list.addEventListener("click", () => remember({ number: list.children.length, top: scrollY }));
if (location.search) search();
