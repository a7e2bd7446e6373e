import type { Problem } from '../../../../domain/errors.js';
import { Layout, type Site } from '../layout.js';
import { Button } from '../parts/button.js';
import { errorAt } from '../parts/error-summary.js';
import { Field } from '../parts/field.js';
import { PostForm } from '../parts/post-form.js';

export interface AskForLinkPageProps {
  readonly site: Site;
  readonly csrfToken: string;
  readonly action: string;
  readonly reason: 'reset' | 'register';
  readonly email: string;
  readonly problems: readonly Problem[];
}

const words = {
  reset: { title: 'Choose a new password', lead: 'Tell us your e-mail address, and we send you a link by which to choose a new one.' },
  register: { title: 'Create an account', lead: 'Tell us your e-mail address, and we send you a link by which to choose a password.' },
};

/** Asks for the address to which a link is mailed. */
export function AskForLinkPage({ site, csrfToken, action, reason, email, problems }: AskForLinkPageProps) {
  const { title, lead } = words[reason];
  return (
    <Layout site={site} title={title} width="narrow">
      <div class="card">
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        <PostForm class="form" action={action} csrfToken={csrfToken}>
          <Field
            name="email"
            label="E-mail address"
            value={email}
            inputMode="email"
            autocomplete="username"
            required
            autoFocus
            error={errorAt(problems, 'email')}
          />
          <Button kind="primary">Send me the link</Button>
        </PostForm>
      </div>
    </Layout>
  );
}
