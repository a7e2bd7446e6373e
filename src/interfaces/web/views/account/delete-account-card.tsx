import { Button } from '../parts/button.js';

/** The way out for good, at the end of the account page. */
export function DeleteAccountCard() {
  return (
    <section class="card danger-zone" aria-labelledby="delete-account">
      <h2 id="delete-account">Delete your account</h2>
      <p>Everything you have here ends and is forgotten. The next page says what that is, and asks.</p>
      <div class="actions">
        <Button kind="danger" href="/account/delete">
          Delete your account
        </Button>
      </div>
    </section>
  );
}
