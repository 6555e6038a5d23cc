// Keeps a page that `serve` shows up to date, and says what is wrong. No built page has it.
const words = {{ {
  'title': words.text('serve.title'), 'close': words.text('serve.close'), 'stopped': words.text('serve.stopped'),
  'posters': words.text('serve.posters'), 'poster': words.text('serve.poster'),
} | tojson }};
const TEMPLATE = `
<style>
:host { all: initial; color-scheme: light dark; --paper: #fff; --ink: #1c211e; --rule: #d8d8cf; --tint: #f4f2ea; --error: #a3192b; --warning: #7a4b00 }
@media (prefers-color-scheme: dark) { :host { --paper: #1c201d; --ink: #eceae3; --rule: #4a504c; --tint: #262b28; --error: #ff9d9d; --warning: #f2c063 } }
@media print { :host { display: none } }
* { box-sizing: border-box }
[hidden] { display: none !important }
.live { position: fixed; z-index: 2147483647; inset: auto 0 0; pointer-events: none; display: grid; justify-items: end; color: var(--ink); font: 400 1rem/1.45 "Oxalis Text", "Source Sans 3", system-ui, sans-serif }
.live > * { pointer-events: auto }
.pill { margin: 0 1rem 1rem; display: flex; overflow: clip; border-radius: 2rem; background: var(--paper); border: 1px solid var(--rule); box-shadow: 0 .25rem 1rem #0003 }
.pill > * { padding: .45rem 1rem }
.pill:not(:has(> :not([hidden]))) { display: none }
.pill > * + * { border-left: 1px solid var(--rule) }
a, button { color: inherit; font: inherit; font-weight: 600; text-decoration: none; background: none; border: 0; cursor: pointer }
:is(a, button):hover { background: var(--tint); text-decoration: underline }
:focus-visible { outline: 3px solid; outline-offset: -3px }
.sheet { width: 100%; max-height: min(60vh, 34rem); display: grid; grid-template-rows: auto 1fr; background: var(--paper); border-top: .375rem solid var(--error); box-shadow: 0 -.5rem 2rem #0004 }
.sheet.doubts { border-color: var(--warning) }
.head { display: flex; align-items: start; justify-content: space-between; gap: 1rem; padding: .75rem max(1rem, 50vw - 38rem) .5rem }
.head p { margin: .35rem 0; font-size: 1.125rem; font-weight: 600; line-height: 1.3 }
.head button { padding: .35rem .9rem; border: 1px solid var(--rule); border-radius: 2rem; white-space: nowrap }
.list { overflow: auto; padding: 0 max(1rem, 50vw - 38rem) 1rem }
.problem { margin: 0 0 .75rem; padding: .75rem 1rem; background: var(--tint); border-radius: .375rem; font: 400 .9375rem/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
.line { white-space: pre-wrap }
.line:first-child { font-weight: 600 }
.excerpt { overflow-x: auto; margin: .35rem 0; overflow-wrap: normal }
.excerpt .line { white-space: pre; font-weight: 400 }
.caret { color: var(--error); font-weight: 700 }
.doubts .caret { color: var(--warning) }
</style>
<aside class="live">
<p class="pill"><span class="stopped" role="status" hidden></span><button type="button" class="count" hidden></button><a class="posters"></a></p>
<div class="sheet" hidden>
<div class="head"><p role="alert"></p><button type="button" class="close"></button></div>
<div class="list" tabindex="0" role="group"></div>
</div>
</aside>`;

const host = document.createElement("oxalis-live");
const root = host.attachShadow({ mode: "open" });
root.innerHTML = TEMPLATE;
const part = (name) => root.querySelector(name);
part(".live").setAttribute("aria-label", words.title);
part(".list").setAttribute("aria-label", words.title);
part(".close").textContent = words.close;
document.documentElement.append(host);

// From a page to its poster, and from any other to all of them.
const panel = document.querySelector("article.panel") && location.pathname.match(/^\/([a-z0-9-]+)\/(index\.html)?$/);
part(".posters").hidden = location.pathname.startsWith("/~/") || document.querySelector("script[src]:not([src^='/~/'])");
part(".posters").href = panel ? `/~/affiches/${panel[1]}/` : "/~/affiches/";
part(".posters").textContent = panel ? words.poster : words.posters;

let state = null;
let shown = null;
let source = null;

// The nodes of a page become those of another; what is equal stays, and with it scroll, focus and open notes.
const morph = (from, to) => {
  if (from.isEqualNode(to)) return;
  if (from.nodeName !== to.nodeName || from.id !== to.id) return void from.replaceWith(document.importNode(to, true));
  if (from.nodeType !== Node.ELEMENT_NODE) return void (from.data = to.data);
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  const old = [...from.childNodes];
  const made = [...to.childNodes];
  let after = null;
  while (old.length && made.length && old[0].isEqualNode(made[0])) { old.shift(); made.shift() }
  while (old.length && made.length && old.at(-1).isEqualNode(made.at(-1))) { after = old.pop(); made.pop() }
  for (let at = 0; at < Math.max(old.length, made.length); at++) {
    if (at >= made.length) old[at].remove();
    else if (at >= old.length) from.insertBefore(document.importNode(made[at], true), after);
    else morph(old[at], made[at]);
  }
};

// A new style sheet takes over once it is there: the page is never bare.
const restyle = async (head) => {
  const known = [...document.head.querySelectorAll('link[rel="stylesheet"], style')];
  const wanted = [...head.querySelectorAll('link[rel="stylesheet"], style')];
  const added = wanted.filter((each) => !known.some((old) => old.isEqualNode(each))).map((each) => document.importNode(each, true));
  const loaded = added.map((each) => each.localName === "style" || new Promise((done) => { each.onload = each.onerror = done }));
  known.at(-1)?.after(...added) ?? document.head.append(...added);
  await Promise.all(loaded);
  for (const old of known) if (!wanted.some((each) => old.isEqualNode(each))) old.remove();
};

const own = (page) => [...page.querySelectorAll("script[src]")].filter((each) => !each.src.includes("/~/"));

const refresh = async () => {
  const turn = (refresh.turn = (refresh.turn ?? 0) + 1);
  const answer = await fetch(location.href, { cache: "no-store" });
  const text = await answer.text();
  if (turn !== refresh.turn) return; // a later one is under way
  const page = new DOMParser().parseFromString(text, "text/html");
  const same = page.body.isEqualNode(document.body) && page.title === document.title;
  if (own(page).length || own(document).length) {
    // A script of the page's own may have changed it: it begins anew, at the place that its address keeps.
    if (refresh.last !== undefined && refresh.last !== page.documentElement.outerHTML) location.reload();
    refresh.last = page.documentElement.outerHTML;
    return;
  }
  await restyle(page.head);
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  if (!same) morph(document.body, page.body);
  document.dispatchEvent(new CustomEvent("oxalis-refreshed"));
};

const lines = (text) => {
  const problem = document.createElement("div");
  problem.className = "problem";
  let excerpt = null;
  for (const each of text.split("\n")) {
    const line = document.createElement("div");
    line.className = "line";
    const marked = /^(\s*\d*\s*\|)(.*)$/s.exec(each);
    if (!marked) {
      excerpt = null;
      line.textContent = each;
      problem.append(line);
      continue;
    }
    if (!excerpt) {
      excerpt = document.createElement("div");
      excerpt.className = "excerpt";
      problem.append(excerpt);
    }
    const rest = document.createElement("span");
    rest.textContent = marked[2];
    if (/^[\s^~-]+$/.test(marked[2])) rest.className = "caret";
    line.append(marked[1], rest);
    excerpt.append(line);
  }
  return problem;
};

const show = () => {
  const open = shown === "open";
  part(".sheet").hidden = !open;
  part(".count").hidden = open || !state.summary;
};

const tell = () => {
  const key = JSON.stringify([state.failed, state.problems]);
  if (tell.last === key) return;
  tell.last = key;
  part(".sheet").classList.toggle("doubts", !state.failed);
  part(".list").replaceChildren(...state.problems.map(lines));
  part(".count").textContent = state.summary.split(" – ")[0];
  shown = state.failed ? "open" : null;
  show();
  part("[role=alert]").textContent = state.summary;
};

part(".close").onclick = () => { shown = null; show(); part(".count").focus() };
part(".count").onclick = () => { shown = "open"; show(); part(".close").focus() };
root.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && shown) { event.stopPropagation(); part(".close").click() }
});

const heard = (event) => {
  const before = state;
  state = JSON.parse(event.data);
  part(".stopped").hidden = true;
  tell();
  if (!before || before.server !== state.server || before.number !== state.number) refresh();
};
// A page that nobody sees holds no connection: browsers have six for one address.
const listen = () => {
  if (document.hidden) {
    source?.close();
    source = null;
  } else if (!source) {
    source = new EventSource(`/~/events?page=${encodeURIComponent(location.pathname)}`);
    source.onmessage = heard;
    source.onerror = () => { part(".stopped").textContent = words.stopped; part(".stopped").hidden = false };
  }
};
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => { source?.close(); source = null });
addEventListener("pageshow", listen);
listen();
