import { readableName } from '../readable-name.js';

/** A client's name inside our own sentence: isolated, so that it turns nothing around it, and set apart, so that it cannot pass for our words. */
export function ClientName({ name }: { name: string }) {
  return <bdi class="client-name">{readableName(name)}</bdi>;
}
