// Checks that run inside the page, like axe. Each returns a list of problems as text.

/** Elements that make the page wider than the window. */
export function overflow() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width && document.body.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => `${element.tagName}.${element.className}`).slice(0, 5);
}

/** Visible controls without an accessible name, and duplicate ids. */
export function namelessControls() {
  const shown = (element) => element.checkVisibility();
  const text = (ids) => ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent.trim() ?? "").join(" ").trim();
  const name = (element) =>
    element.getAttribute("aria-label")
    || text(element.getAttribute("aria-labelledby") ?? "")
    || [...(element.labels ?? [])].map((label) => label.textContent.trim()).join(" ")
    || (["BUTTON", "A", "SUMMARY"].includes(element.tagName) ? element.textContent.trim() : "");
  const nameless = [...document.querySelectorAll("button, a, input, select, textarea, summary, audio, dialog, [role=tab], [role=region]")]
    .filter((element) => shown(element) && !name(element))
    .map((element) => element.outerHTML.slice(0, 90));
  const broken = [...document.querySelectorAll("[aria-labelledby], [aria-describedby], [aria-controls]")].flatMap((element) =>
    ["aria-labelledby", "aria-describedby", "aria-controls"].flatMap((attribute) =>
      (element.getAttribute(attribute) ?? "").split(/\s+/).filter((id) => id && !document.getElementById(id))
        .map((id) => `${attribute} of ${element.tagName} names ${id}, which is not there`)));
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id ${id} is there twice`);
  return [...nameless, ...broken, ...twice];
}

/** Texts with less contrast to their background than WCAG AA requires, or less than `least`. */
export function contrastProblems(least) {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  // The canvas turns any CSS color into numbers, color-mix() included.
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const behind = (element) => {
    const layers = [];
    for (let up = element; up; up = up.parentElement) {
      const color = rgba(getComputedStyle(up).backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255, 1]);
  };
  const luminance = (color) => color.slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const problems = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility({ opacityProperty: true })) continue;
    if (element.closest(":disabled, option, script, noscript")) continue;
    const style = getComputedStyle(element);
    const ground = behind(element);
    const ink = over(rgba(style.color), ground);
    const [light, dark] = [luminance(ink), luminance(ground)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (least ?? (large ? 3 : 4.5))) problems.add(`${element.tagName}.${element.className} “${walker.currentNode.data.trim().slice(0, 24)}” ${ratio.toFixed(2)}`);
  }
  return [...problems];
}

/** The font size of each visible text, in px. */
export function fontSizes() {
  const sizes = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (text && element.checkVisibility() && !element.closest("option, script, noscript, .visually-hidden")) {
      sizes[`${element.tagName}.${element.className} “${text.slice(0, 24)}”`] = Number.parseFloat(getComputedStyle(element).fontSize);
    }
  }
  return sizes;
}

/** Texts that are cut off without an ellipsis or a way to scroll. */
export function clipped() {
  const hides = (value) => value === "hidden" || value === "clip";
  return [...document.querySelectorAll("body *")].filter((element) => {
    if (!element.checkVisibility() || element.closest(".visually-hidden, select, svg, textarea, input, [aria-hidden]")) return false;
    const { overflowX, overflowY, textOverflow, clipPath } = getComputedStyle(element);
    if (clipPath !== "none" || !element.textContent.trim()) return false;
    const wide = hides(overflowX) && textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1;
    const high = hides(overflowY) && textOverflow !== "ellipsis" && element.scrollHeight > element.clientHeight + 1;
    return wide || high;
  }).map((element) => `${element.tagName}#${element.id}.${element.className}`);
}

/** Elements with a transition longer than a millisecond, or an animation. */
export function movingThings() {
  const longest = (times) => Math.max(...times.split(",").map((time) => Number.parseFloat(time) * (time.includes("ms") ? 1 : 1000)));
  const moving = [...document.querySelectorAll("*")].flatMap((element) => [null, "::before", "::after"].map((part) => [element, getComputedStyle(element, part)]))
    .filter(([, style]) => longest(style.transitionDuration) > 1 || (style.animationName !== "none" && longest(style.animationDuration) > 1) || style.scrollBehavior === "smooth")
    .map(([element]) => `${element.tagName}.${element.className}`);
  return [...moving, ...document.getAnimations().map(({ animationName, transitionProperty }) => animationName ?? transitionProperty)];
}

/** Buttons and selected items that have no visible line under forced colors. */
export function unmarked() {
  const lined = (element) => {
    const { borderTopWidth, borderTopStyle, borderBottomWidth, borderBottomStyle, outlineStyle } = getComputedStyle(element);
    return outlineStyle !== "none" || (borderTopStyle !== "none" && borderTopWidth !== "0px") || (borderBottomStyle !== "none" && borderBottomWidth !== "0px");
  };
  const wanted = ".button, [aria-current], [aria-selected=true], .segment input:checked + span, input, select, textarea";
  return [...document.querySelectorAll(wanted)]
    .filter((element) => element.checkVisibility() && !["radio", "checkbox", "range"].includes(element.type) && !lined(element))
    .map((element) => `${element.tagName}.${element.className} ${element.textContent.slice(0, 20)}`);
}

/** Elements partly outside of the window, except those that scroll horizontally by design. */
export function outside() {
  const width = document.documentElement.clientWidth;
  const meant = ".picker-list, pre, .wire-table, .bars, .visually-hidden, .skip, svg, option, .latency-strip";
  const cuts = (element) => {
    const style = getComputedStyle(element);
    return style.textOverflow === "ellipsis" || style.clipPath !== "none";
  };
  return [...document.querySelectorAll("body *")].filter((element) => {
    if (!element.checkVisibility() || element.parentElement.closest(meant)) return false;
    for (let up = element.parentElement; up; up = up.parentElement) if (cuts(up)) return false;
    const { left, right } = element.getBoundingClientRect();
    return right > width + 1 || left < -1;
  }).map((element) => `${element.tagName}.${element.className} to ${Math.round(element.getBoundingClientRect().right)}`).slice(0, 6);
}
