// The buttons of a composer put Markdown around what is selected.
for (const tools of document.querySelectorAll('[data-tools]')) {
  const text = document.getElementById(tools.dataset.tools);
  tools.hidden = false;
  tools.addEventListener('click', (event) => {
    const tool = event.target.closest('button');
    if (!tool) return;
    const { selectionStart: start, selectionEnd: end, value } = text;
    const { before, after } = tool.dataset;
    // A mark of a line stands at the start of every line selected.
    const from = after ? start : value.lastIndexOf('\n', start - 1) + 1;
    const chosen = value.slice(from, end);
    const marked = after ? before + chosen + after : chosen.replace(/^/gm, before);
    text.setRangeText(marked, from, end, 'end');
    if (after && start === end) text.selectionStart = text.selectionEnd = start + before.length;
    text.focus();
    text.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
