/** Runs before anything is painted, so it is short: colours that were chosen, and the scripts that the page holds as text. */
const theme = localStorage.getItem('webhook-sim.theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;

const { nonce } = document.currentScript as HTMLScriptElement;

globalThis.runHeldScript = (id) => {
  const script = document.createElement('script');
  script.nonce = nonce;
  script.textContent = document.getElementById(id)!.textContent;
  document.head.append(script);
};

/** Milliseconds after which the page's script runs though nothing was painted. */
const patienceMs = 2000;

addEventListener('DOMContentLoaded', () => {
  let isRun = false;
  const run = () => {
    if (!isRun) runHeldScript('page-script');
    isRun = true;
  };
  // The shell is painted first; a hidden tab is not painted.
  if (document.hidden) return run();
  const onPaint = (list: PerformanceObserverEntryList) => {
    if (list.getEntriesByName('first-contentful-paint').length > 0) run();
  };
  new PerformanceObserver(onPaint).observe({ type: 'paint', buffered: true });
  setTimeout(run, patienceMs);
});
