/** The interactive functions of the page: finding, filtering, sorting, opening. It only hides, moves and opens existing elements. */
export const script = `
(() => {
  'use strict';
  const section = document.getElementById('cases');
  const tools = section.querySelector('.tools');
  const table = section.querySelector('table');
  const input = document.getElementById('find');
  const output = tools.querySelector('output');
  const nothing = section.querySelector('.nothing');
  const fold = tools.querySelector('[data-fold]');
  const filters = [...tools.querySelectorAll('[data-filter]')];
  const rows = [...table.tBodies].map((body, place) => ({
    body,
    place,
    status: body.dataset.status,
    ms: Number(body.dataset.ms),
    name: body.querySelector('.name').textContent,
    text: [...body.querySelectorAll('.find')].map((each) => each.textContent).join(' ').toLowerCase(),
  }));
  const toggle = (button, isPressed) => button.setAttribute('aria-pressed', String(isPressed));
  const isPressed = (button) => button.getAttribute('aria-pressed') === 'true';

  function show() {
    const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const wanted = filters.filter(isPressed).map((button) => button.dataset.filter);
    let shown = 0;
    for (const { body, status, text } of rows) {
      const fits = (wanted.length === 0 || wanted.includes(status)) && words.every((word) => text.includes(word));
      body.hidden = !fits;
      if (fits) shown++;
    }
    output.textContent = shown === rows.length ? '' : shown + ' of ' + rows.length + ' shown';
    nothing.hidden = shown > 0;
  }

  function sort(by, direction) {
    const compare = by === 'name' ? (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }) : (a, b) => a.ms - b.ms;
    const sorted = direction === 'none' ? rows : [...rows].sort((a, b) => (direction === 'ascending' ? compare(a, b) : compare(b, a)) || a.place - b.place);
    table.append(...sorted.map(({ body }) => body));
  }

  function makeSortable(head) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    head.setAttribute('aria-sort', 'none');
    const order = head.dataset.sort === 'ms' ? ['descending', 'ascending', 'none'] : ['ascending', 'descending', 'none'];
    button.addEventListener('click', () => {
      const direction = order[(order.indexOf(head.getAttribute('aria-sort')) + 1) % order.length];
      for (const other of table.querySelectorAll('[aria-sort]')) other.setAttribute('aria-sort', 'none');
      head.setAttribute('aria-sort', direction);
      sort(head.dataset.sort, direction);
    });
  }

  function goToCase() {
    const row = rows.find(({ body }) => '#' + body.id === location.hash);
    if (!row) return;
    if (row.body.hidden) {
      input.value = '';
      for (const button of filters) toggle(button, false);
      show();
    }
    const details = row.body.querySelector('.more');
    if (details) details.open = true;
    row.body.scrollIntoView();
  }

  // Names of members are coloured when they are seen, without an element each: there may be a million of them.
  const highlight = self.CSS && CSS.highlights && new Highlight();
  if (highlight) CSS.highlights.set('key', highlight);
  const coloured = new WeakSet();

  function colour(details) {
    for (const pre of details.querySelectorAll('pre')) {
      if (!highlight || coloured.has(pre) || !pre.checkVisibility()) continue;
      coloured.add(pre);
      for (const match of pre.textContent.matchAll(/^ *("(?:[^"\\\\]|\\\\.)*")(?=:)/gm)) {
        const range = document.createRange();
        range.setStart(pre.firstChild, match.index + match[0].length - match[1].length);
        range.setEnd(pre.firstChild, match.index + match[0].length);
        highlight.add(range);
      }
    }
  }

  for (const button of filters) {
    button.addEventListener('click', () => {
      toggle(button, !isPressed(button));
      show();
    });
  }
  input.addEventListener('input', show);
  fold.addEventListener('click', () => {
    const open = fold.textContent === 'Open all';
    fold.textContent = open ? 'Close all' : 'Open all';
    for (const { body } of rows) {
      if (body.hidden) continue;
      for (const details of body.querySelectorAll('.more')) details.open = open;
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target === input) return;
    event.preventDefault();
    input.focus();
  });
  for (const head of table.querySelectorAll(':scope > thead [data-sort]')) makeSortable(head);
  addEventListener('toggle', (event) => colour(event.target), true);
  addEventListener('hashchange', goToCase);
  tools.hidden = false;
  goToCase();
})();
`;
