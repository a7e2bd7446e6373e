/** A paragraph in which what stands between backticks is code. */
export function Prose({ text }: { text: string }) {
  return <p>{text.split('`').map((part, index) => (index % 2 === 0 ? part : <code key={part}>{part}</code>))}</p>;
}
