const key = 'webhook-sim.token';
const inFragment = /^#(?:.*&)?token=([\w-]+)(?:&(.*))?$/;

/** The token of this tab: from the address, out of which it goes at once, or from an earlier load; null where there is none. */
export function takeToken(): string | null {
  const found = inFragment.exec(location.hash);
  if (found) {
    sessionStorage.setItem(key, found[1]!);
    history.replaceState(null, '', `${location.pathname}#${found[2] ?? '/send'}`);
  }
  return sessionStorage.getItem(key);
}

// The address of a server that was started again, opened in a tab that is here already: only its fragment is another one.
addEventListener('hashchange', () => {
  if (!inFragment.test(location.hash)) return;
  takeToken();
  location.reload();
});

/** Forgets a token that the server does not take. */
export function forgetToken(): void {
  sessionStorage.removeItem(key);
}
