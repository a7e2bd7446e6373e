import { z } from 'zod';

export const clientParams = z.strictObject({ client_id: z.string() });
