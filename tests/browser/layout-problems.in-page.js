// Runs in the page, and answers what somebody could not read, or not hit with a finger, one line each.
(() => {
  const problems = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) problems.push(`the page is wider than the window: ${root.scrollWidth} instead of ${root.clientWidth}`);

  const isShown = (element) => {
    for (let one = element; one; one = one.parentElement) if (getComputedStyle(one).clipPath !== 'none') return false;
    return element.checkVisibility({ visibilityProperty: true });
  };
  const named = (element) => {
    const text = (element.value || element.textContent).trim().replace(/\s+/g, ' ');
    return `${[element.localName, ...element.classList].join('.')} “${text.slice(0, 60)}”`;
  };
  const all = [...document.body.querySelectorAll('*')].filter(isShown);

  // What people type scrolls in its field; what an app says about itself is shortened on purpose.
  const mayBeCut = (element) => element.matches(':read-write, input:not([readonly]), blockquote');
  for (const element of all.filter((one) => !mayBeCut(one))) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const field = element.matches('input, textarea');
    const wide = (field || overflowX !== 'visible') && element.scrollWidth > element.clientWidth + 1;
    const high = (field || overflowY !== 'visible') && element.scrollHeight > element.clientHeight + 1;
    if (element.clientWidth > 0 && (wide || high)) problems.push(`cut: ${named(element)}`);
  }

  const boxes = '.card, .notice, .button, .badge, .site-header-bar, main, body';
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (text.data.trim() === '' || !isShown(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const { left, right } = element.closest(boxes).getBoundingClientRect();
    if ([...range.getClientRects()].some((line) => line.left < left - 1 || line.right > right + 1)) problems.push(`outside of its box: ${named(element)}`);
  }

  // An address goes on in the next line before one of its parts, or where the browser breaks any word, behind a hyphen or question mark; only what no line holds is torn.
  const mayGoOn = /(?<=[-?])|(?<=:\/\/)|(?<=[^:/])(?=[/.@?#&])/;
  const charactersOf = (element) => {
    const within = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let text = within.nextNode(); text; text = within.nextNode())
      for (let at = 0; at < text.length; at += 1) {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        found.push(range.getBoundingClientRect());
      }
    return found;
  };
  for (const element of all.filter((one) => one.matches('.whole'))) {
    const characters = charactersOf(element);
    let from = 0;
    for (const part of element.textContent.split(mayGoOn)) {
      const own = characters.slice(from, from + part.length);
      from += part.length;
      const wide = own.reduce((sum, { width }) => sum + width, 0);
      const torn = own.some(({ top }) => Math.abs(top - own[0].top) > 2);
      if (torn && wide < element.getBoundingClientRect().width - 1) problems.push(`torn: “${part}” of ${named(element)}`);
    }
  }

  // A link in a sentence is as tall as the sentence (WCAG 2.2, 2.5.8, “inline”).
  const inSentence = (element) => element.matches('p a') && element.closest('p').textContent.trim() !== element.textContent.trim();
  for (const element of all.filter((one) => one.matches('a[href], button, input, textarea, select, summary') && !inSentence(one))) {
    const { width, height } = (element.closest('label') ?? element).getBoundingClientRect();
    if (width < 24 || height < 24) problems.push(`smaller than 24 by 24: ${named(element)}, ${width.toFixed(1)} by ${height.toFixed(1)}`);
  }
  return problems;
})();
