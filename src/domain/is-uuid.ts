const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Is this an identifier as this server makes them (RFC 9562 §4)? Nothing was ever kept under anything else. */
export function isUuid(id: unknown): id is string {
  return typeof id === 'string' && uuid.test(id);
}
