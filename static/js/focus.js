// What is wrong with a form is read first.
document.querySelector('[data-focus]')?.focus();
