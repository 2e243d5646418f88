// Line totals and the total of a budget, while one types. The server computes
// them again: what cannot be read here is left to it, shown as a dash.
const total = document.querySelector('[data-budget-total]');
if (total) {
  // Cents of an amount as people write it, or null.
  const read = (text) => {
    const s = text.replace(/[\s\u00a0\u202f€]/g, '');
    const m = /^(\d{1,13})(?:[.,](\d{1,2}))?$/.exec(s);
    return m && BigInt(m[1] + (m[2] || '').padEnd(2, '0'));
  };
  const write = (cents) => {
    const digits = String(cents).padStart(3, '0');
    const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '\u202f');
    return `${whole},${digits.slice(-2)}\u00a0€`;
  };
  const compute = () => {
    let sum = 0n;
    for (const line of document.querySelectorAll('[data-budget-line]')) {
      const n = line.dataset.budgetLine;
      const typed = document.getElementById('net-' + n).value;
      const net = read(typed);
      const rate = document.getElementById('vat-' + n).value;
      const known = net !== null && /^\d+$/.test(rate);
      // Per mille, rounded half up to the cent, as the server does.
      const gross = known ? net + (net * BigInt(rate) + 500n) / 1000n : null;
      line.textContent = known ? write(gross) : '—';
      if (known) { if (sum !== null) sum += gross; } else if (typed.trim()) sum = null;
    }
    total.textContent = sum === null ? '—' : write(sum);
  };
  total.closest('form').addEventListener('input', compute);
}
