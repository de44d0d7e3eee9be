const kept = 'siaga.token';

/**
 * The access token this screen was opened with (`/#token=…`, as a start on the network prints it). It is taken off the
 * address, so that it is in no history, and lives as long as the browser's tab. Undefined on the city's own machine.
 */
export function screenToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token !== null) {
    sessionStorage.setItem(kept, token);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(kept) ?? undefined;
}
