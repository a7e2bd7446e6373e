/** The product's name, with its mark: a key whose bow is a nut, as a smith would make it. */
export function Wordmark({ href }: { href: string }) {
  return (
    <a class="wordmark" href={href}>
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
        <rect class="wordmark-tile" width="32" height="32" rx="8" />
        <path class="wordmark-key" transform="rotate(-45 16 16)" d="M15.9 16l-3.1 5.3H6.6L3.5 16l3.1-5.3h6.2ZM15.9 16h12.3M22.7 16v4M28.2 16v4" />
      </svg>
      Keywright
    </a>
  );
}
