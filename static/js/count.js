// A long text says how much room is left once little is; its limit stands in its
// hint anyway. Characters are counted as the server counts them.
for (const text of document.querySelectorAll('textarea[data-max]')) {
  const note = document.createElement('p');
  note.className = 'field__hint field__count';
  const say = () => {
    const left = text.dataset.max - [...text.value].length;
    const n = Math.abs(left).toLocaleString('fr-FR');
    note.textContent = left < 0 ? `${n}\u00a0caractère${left < -1 ? 's' : ''} de trop` : `Il reste ${n}\u00a0caractère${left > 1 ? 's' : ''}`;
    note.classList.toggle('field__count--over', left < 0);
    note.hidden = left > text.dataset.max / 4;
  };
  text.after(note);
  text.addEventListener('input', say);
  say();
}
