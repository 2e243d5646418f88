// A search field offers titles while one types: a combobox with a list, as the
// ARIA Authoring Practices describe it. Without this it is a plain form.
for (const field of document.querySelectorAll('[data-suggest]')) {
  const list = document.createElement('ul');
  list.id = field.id + '-suggestions';
  list.className = 'suggest';
  list.role = 'listbox';
  list.ariaLabel = 'Suggestions';
  list.hidden = true;
  field.parentElement.append(list);
  field.role = 'combobox';
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-expanded', 'false');
  field.setAttribute('aria-controls', list.id);
  let at = -1, asked = '', waiting;

  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };
  const go = (to) => {
    const options = list.children;
    options[at]?.setAttribute('aria-selected', 'false');
    at = (to + options.length + 1) % (options.length + 1); // one place for the field itself
    if (at === options.length) at = -1;
    field.removeAttribute('aria-activedescendant');
    if (at < 0) return;
    options[at].setAttribute('aria-selected', 'true');
    options[at].scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', options[at].id);
  };
  const show = (found) => {
    list.replaceChildren(...found.map((one, i) => {
      const option = document.createElement('li');
      option.id = `${list.id}-${i}`;
      option.className = 'suggest__option';
      option.role = 'option';
      option.setAttribute('aria-selected', 'false');
      option.dataset.address = one.address;
      const kind = document.createElement('span');
      kind.className = 'suggest__kind';
      kind.textContent = one.kind;
      option.append(one.title, ' ', kind);
      return option;
    }));
    close();
    if (!found.length) return;
    list.hidden = false;
    field.setAttribute('aria-expanded', 'true');
  };
  field.addEventListener('input', () => {
    clearTimeout(waiting);
    const typed = field.value.trim();
    if (typed.length < 2) return close();
    waiting = setTimeout(async () => {
      asked = typed;
      const answer = await fetch(field.dataset.suggest + '?q=' + encodeURIComponent(typed)).catch(() => null);
      if (answer?.ok && asked === typed && document.activeElement === field) show(await answer.json());
    }, 120);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === 'ArrowDown' && list.children.length) {
      event.preventDefault();
      if (list.hidden) { list.hidden = false; field.setAttribute('aria-expanded', 'true'); }
      go(at + 1);
    } else if (event.key === 'ArrowUp' && !list.hidden) {
      event.preventDefault();
      go(at < 0 ? list.children.length - 1 : at - 1);
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      location.assign(list.children[at].dataset.address);
    }
  });
  list.addEventListener('pointerdown', (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role=option]');
    if (option) location.assign(option.dataset.address);
  });
  field.addEventListener('blur', () => { clearTimeout(waiting); close(); });
}
