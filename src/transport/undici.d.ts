/** undici's HTTP client by itself: its index would load fetch, caches and mocks as well. */
declare module 'undici/lib/dispatcher/client.js' {
  import type { Client } from 'undici';

  const client: typeof Client;
  export default client;
}
