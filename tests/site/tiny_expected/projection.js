"use strict";
// Steers the projection: keys, presenter's remote, clicks, swipes. The slides are there without it.
(() => {
  const root = document.documentElement;
  const slides = [...document.querySelectorAll(".slide")];
  let now = 0;
  let asleep;
  let touched = null;
  // Keys of one letter can be turned off, for those whose voice types them (WCAG 2.1.4).
  let letters = true;

  const top = (slide) => slide.getBoundingClientRect().top;
  // The slide at a place of the page: the last that begins above the middle of the screen.
  const shown = () => Math.max(0, slides.findLastIndex((slide) => top(slide) < innerHeight / 2));

  // To a slide as by its link: the address changes, and Tab goes on from there. No entry in the history.
  const go = (number) => {
    now = Math.min(Math.max(number, 0), slides.length - 1);
    location.replace(`#${slides[now].id}`);
    scrollTo({ top: scrollY + top(slides[now]), behavior: "instant" });
  };
  // A slide that is higher than the screen (a phone, large letters) is read to its end first.
  const turn = (way) => {
    const box = slides[now].getBoundingClientRect();
    const more = way > 0 ? box.bottom > innerHeight + 2 : box.top < -2;
    if (more && box.height > innerHeight + 2) scrollBy({ top: way * innerHeight * 0.8, behavior: "instant" });
    else go(now + way);
  };
  const fullscreen = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.().catch(() => {});
  };
  // Whatever is done to a black screen shows its slide again, and nothing else.
  const lightUp = () => {
    const black = root.classList.contains("blank");
    root.classList.remove("blank");
    return black;
  };
  const wake = () => {
    root.classList.add("awake");
    clearTimeout(asleep);
    asleep = setTimeout(() => root.classList.remove("awake"), 3000);
  };

  const keys = {
    ArrowRight: () => turn(1), ArrowDown: () => turn(1), PageDown: () => turn(1), Enter: () => turn(1),
    ArrowLeft: () => turn(-1), ArrowUp: () => turn(-1), PageUp: () => turn(-1), Backspace: () => turn(-1),
    Home: () => go(0), End: () => go(slides.length - 1), f: fullscreen,
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const on = event.target.closest?.("a, button");
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (on && (key === "Enter" || key === " ")) return;
    if (key.length === 1 && key !== " " && !letters) return;
    if (lightUp()) wake();
    else if (key === "b" || key === ".") root.classList.toggle("blank", !event.repeat);
    else if (key === " ") event.repeat || turn(event.shiftKey ? -1 : 1);
    else if (key in keys) event.repeat || keys[key]();
    else return;
    event.preventDefault();
  });

  addEventListener("click", (event) => {
    if (lightUp() || event.target.closest("a, button") || String(getSelection())) return;
    turn(event.clientX < innerWidth / 4 ? -1 : 1);
  });
  addEventListener("touchstart", (event) => {
    touched = event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  addEventListener("touchend", (event) => {
    if (!touched || event.touches.length) return;
    const [x, y] = [event.changedTouches[0].clientX - touched.clientX, event.changedTouches[0].clientY - touched.clientY];
    if (Math.hypot(x, y) > 10 && lightUp()) return; // a shorter one is a click
    // While the page is zoomed, a drag moves what is seen of it.
    if (visualViewport.scale > 1.01) return;
    if (Math.abs(x) > 48 && Math.abs(x) > 2 * Math.abs(y)) turn(x < 0 ? 1 : -1);
  }, { passive: true });

  // Scrolled by hand: the address follows, so that a reload keeps the place.
  let pause;
  addEventListener("scroll", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (shown() === now) return;
      now = shown();
      history.replaceState(null, "", `#${slides[now].id}`);
    }, 120);
  }, { passive: true });
  addEventListener("fullscreenchange", () => go(now));
  addEventListener("hashchange", () => {
    now = shown();
  });
  addEventListener("pointermove", wake);
  addEventListener("focusin", wake);

  for (const [name, act] of [["previous", () => turn(-1)], ["next", () => turn(1)], ["fullscreen", fullscreen]]) {
    const button = document.getElementById(`_${name}`);
    button.hidden = name === "fullscreen" && !document.fullscreenEnabled;
    button.addEventListener("click", act);
  }
  const switcher = document.getElementById("_letters");
  switcher.hidden = false;
  switcher.addEventListener("click", () => {
    letters = !letters;
    switcher.setAttribute("aria-pressed", letters);
  });
  document.getElementById("_help").hidden = false;
  root.classList.add("steered");
  document.fonts.ready.then(() => {
    now = shown();
    wake();
  });
})();
