/** Where the pages, and below `/api/v1` the API, have a client. Its id is one segment whatever is in it: of one that describes itself it is an address. */
export function clientPath(clientId: string): string {
  return `/clients/${encodeURIComponent(clientId)}`;
}

/** Where the pages have what a person and a client have. */
export function connectedAppPath(clientId: string): string {
  return `/connected-apps/${encodeURIComponent(clientId)}`;
}
