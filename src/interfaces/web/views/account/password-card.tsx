import { Button } from '../parts/button.js';

/** The way to a new password, for those who have one. */
export function PasswordCard() {
  return (
    <section class="card" aria-labelledby="password">
      <h2 id="password">Your password</h2>
      <p>When you change it, you are signed out everywhere else.</p>
      <div class="actions">
        <Button href="/account/password">Change your password</Button>
      </div>
    </section>
  );
}
