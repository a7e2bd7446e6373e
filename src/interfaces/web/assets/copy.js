// Shows the copy buttons, which do nothing without this script, and makes them work.
const said = document.createElement('p');
said.className = 'visually-hidden';
said.setAttribute('role', 'status');
document.querySelector('main').append(said);

for (const button of document.querySelectorAll('button[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  const words = button.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = 'Copied';
      said.textContent = `${button.getAttribute('aria-label')}: copied`;
    } catch {
      field.select();
      said.textContent = 'Selected: copy it with the keyboard';
    }
    setTimeout(() => {
      button.textContent = words;
      said.textContent = '';
    }, 2000);
  });
}
