import { z } from 'zod';

const faultSchema = z
  .object({
    pointer: z.string().optional().meta({ description: 'A JSON pointer (RFC 6901) into the body; empty for all of it.' }),
    parameter: z.string().optional().meta({ description: 'A parameter of the query.' }),
    detail: z.string(),
  })
  .meta({ id: 'Fault' });

export const problemSchema = z
  .object({
    type: z.url().meta({ description: 'The kind of problem, and the address at which it is explained.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z.array(faultSchema).optional().meta({ description: 'Everything wrong with the request, each at its place.' }),
  })
  .meta({ id: 'Problem', description: 'What went wrong (RFC 9457).' });
