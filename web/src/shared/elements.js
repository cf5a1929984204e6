/** An element. Listeners are attributes like `onclick`; text is never read as HTML. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      made.addEventListener(key.slice(2), value);
    } else if (value !== false && value != null) {
      made.setAttribute(key, value === true ? '' : value);
    }
  }
  made.append(...children.flat(Infinity).filter((each) => each != null && each !== false));
  return made;
}

/** What happens once, when nothing has happened for a while. */
export function debounced(work, milliseconds) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...args), milliseconds);
  };
}

/** A cell of a table that has room for its contents at any width. */
export function row(...cells) {
  const made = cells.map((cell) => (cell instanceof Element ? cell : element('td', {}, cell)));
  return element('tr', {}, made);
}
