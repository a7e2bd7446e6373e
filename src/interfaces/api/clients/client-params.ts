import { z } from 'zod';

export const clientParams = z.strictObject({
  client_id: z.string().meta({ description: 'Percent-encoded where it is the address of a document (RFC 3986 §2.1).' }),
});

/** The identifier of a client, as answers carry it. */
export const clientIdOut = z.string().meta({
  description:
    'Letters and digits; of a client that describes itself the address of its document (Client ID Metadata Document), which begins with `https://`, or with `http://` on this machine; of one that registered itself (RFC 7591) begins with `self_`.',
});
