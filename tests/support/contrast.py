"""Which texts of a page are hard to read: their contrast with the ground they stand on, by WCAG 2.2."""

WEAK_TEXTS = """() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const weights = [0.2126, 0.7152, 0.0722];
  const light = (rgb) => weights.reduce((sum, weight, i) => sum + weight * linear(rgb[i] / 255), 0);
  const opacity = (colour) => colour[3] ?? 1;
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * opacity(top) + under[i] * (1 - opacity(top)));
  const ground = (node) => {
    if (!node) return [255, 255, 255];
    const own = parse(getComputedStyle(node).backgroundColor);
    return opacity(own) === 1 ? own : over(own, ground(node.parentElement));
  };
  const texts = (node) => [...node.childNodes].filter((n) => n.nodeType === 3);
  const wordsOf = (node) => texts(node).map((n) => n.textContent.trim()).join(" ").trim();
  const weak = [];
  for (const node of document.querySelectorAll("body *")) {
    const words = wordsOf(node);
    if (!words || !node.checkVisibility() || node.disabled || node.closest("[hidden], option, .avatar")) continue;
    const under = ground(node);
    const [a, b] = [light(over(parse(getComputedStyle(node).color), under)), light(under)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push(`${words.slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return weak;
}"""
"""A function for the page: the words whose contrast is below 4.5, with it."""
