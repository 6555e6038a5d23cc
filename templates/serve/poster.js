// Zooms a poster: buttons, keys while the sheet has the focus, wheel with Ctrl. The part in view is drawn sharply.
const REAL = 96 / 25.4;
const root = document.documentElement;
const find = (name) => document.querySelector(name);
const stage = find(".stage");
let zoom = 0;
let fitting = true;
let drawing;

const fitted = () => {
  const style = find(".poster-sheet").style;
  return Math.min((stage.clientWidth - 36) / style.getPropertyValue("--w"), (stage.clientHeight - 36) / style.getPropertyValue("--h"));
};
const sharpen = () => {
  const whole = find(".whole");
  const sharp = find(".sharp");
  if (!whole) return;
  const box = whole.getBoundingClientRect();
  const view = stage.getBoundingClientRect();
  const left = Math.max(0, view.left - box.left);
  const top = Math.max(0, view.top - box.top);
  const width = Math.min(box.width - left, view.width);
  const height = Math.min(box.height - top, view.height);
  const fine = devicePixelRatio;
  if (box.width * fine <= whole.dataset.pixels || width < 1 || height < 1 || box.width * fine > 40000) return void (sharp.hidden = true);
  const part = [left, top, width, height].map((each) => Math.floor(each * fine));
  const next = new Image();
  next.onload = () => {
    if (find(".whole")?.dataset.part !== whole.dataset.part || zoom !== next.zoom) return;
    sharp.src = next.src;
    sharp.style.cssText = `left:${part[0] / fine}px;top:${part[1] / fine}px;width:${part[2] / fine}px;height:${part[3] / fine}px`;
    sharp.hidden = false;
  };
  next.zoom = zoom;
  next.src = `${whole.dataset.part}&width=${Math.round(box.width * fine)}&part=${part}`;
};
const soon = () => { clearTimeout(drawing); drawing = setTimeout(sharpen, 120) };
const set = (wanted, fits = false) => {
  const before = zoom;
  fitting = fits;
  zoom = Math.min(Math.max(wanted, REAL * 0.04), REAL * 8);
  const middle = [stage.scrollLeft + stage.clientWidth / 2, stage.scrollTop + stage.clientHeight / 2];
  root.style.setProperty("--zoom", `${zoom}px`);
  find("#level").textContent = `${Math.round((zoom / REAL) * 100)} %`;
  if (before && before !== zoom) {
    find(".sharp")?.setAttribute("hidden", "");
    stage.scrollTo((middle[0] * zoom) / before - stage.clientWidth / 2, (middle[1] * zoom) / before - stage.clientHeight / 2);
  }
  soon();
};
const deeds = {
  less: () => set(zoom / 1.25),
  more: () => set(zoom * 1.25),
  fit: () => set(fitted(), true),
  real: () => set(REAL),
};
document.addEventListener("click", (event) => deeds[event.target.closest(".zoom button")?.id]?.());
const keys = { "+": "more", "=": "more", "-": "less", "−": "less", 0: "fit", 1: "real" };
stage.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
  event.preventDefault();
  deeds[keys[event.key]]();
});
stage.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  set(zoom * Math.exp(-event.deltaY / 400));
}, { passive: false });
stage.addEventListener("scroll", soon);
addEventListener("resize", () => { if (fitting) set(fitted(), true); else soon() });
document.addEventListener("oxalis-refreshed", () => { set(fitting ? fitted() : zoom, fitting); sharpen() });
set(fitted(), true);
