// Pages may come from a cache, so they print the day; within a day people
// want to know how long ago.
for (const time of document.querySelectorAll('time[data-relative]')) {
  const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
  if (minutes >= 0 && minutes < 1440) {
    time.textContent = minutes < 1 ? 'à l’instant'
      : minutes < 60 ? `il y a ${minutes}\u00a0min`
      : `il y a ${Math.floor(minutes / 60)}\u00a0h`;
  }
}
