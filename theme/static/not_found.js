// The page for an address that is none: name the nearest addresses of the sitemap. To one that differs by
// capitals or the form of an accent alone it leads on.
const nearest = document.querySelector(".nearest");
const root = nearest.dataset.root;
const strip = (path) => path.toLowerCase().replace(/\/index\.html?$|\.html?$|\/$/, "").split("/").pop();

// The number of signs to change, put in, take out or swap with the next (optimal string alignment).
const distance = (a, b) => {
  let older = [];
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], older[j - 2] + 1);
    }
    [older, row] = [row, next];
  }
  return row[b.length];
};

const decode = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const fold = (path) => decode(path).normalize("NFC").toLowerCase().replace(/(\/index\.html?|\/)?$/, "/");
const asked = strip(decode(location.pathname)).slice(0, 200);
if (asked) {
  fetch(`${root}/sitemap.xml`)
    .then((answer) => answer.text())
    .then((text) => {
      const all = [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map((each) => new URL(each[1]).pathname);
      const same = all.find((path) => fold(path) === fold(location.pathname));
      if (same && decode(same) !== decode(location.pathname)) {
        location.replace(same + location.hash);
      }
      const ranked = all
        .filter((path) => !/\/page\/\d+\/$/.test(path)) // what a list has there is another thing each week
        .map((path) => [path, strip(decode(path))])
        .map(([path, name]) => [distance(asked, name), path, Math.max(asked.length, name.length) / 4])
        .filter(([far, , slips]) => far <= slips)
        .sort((one, other) => one[0] - other[0])
        .slice(0, 3);
      for (const [, path] of ranked) {
        const link = document.createElement("a");
        link.href = path;
        link.textContent = decode(path);
        const line = nearest.querySelector("span");
        line.append(line.hasChildNodes() ? ", " : "", link);
      }
      nearest.hidden = !ranked.length;
    })
    .catch(() => {});
}
