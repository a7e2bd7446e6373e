import { Layout, type Site } from './layout.js';
import { Button } from './parts/button.js';
import { Field } from './parts/field.js';
import { PostForm } from './parts/post-form.js';

export interface DevicePageProps {
  readonly site: Site;
  /** Gets `user_code`. */
  readonly action: string;
  readonly csrfToken: string;
  /** What stands in the field. */
  readonly userCode: string;
  /** It is a whole code: the device's own link brought it, or it was typed before. */
  readonly complete: boolean;
  readonly error?: string | undefined;
}

/** Asks for the code that a device shows. */
export function DevicePage({ site, action, csrfToken, userCode, complete, error }: DevicePageProps) {
  const filledIn = complete && error === undefined;
  return (
    <Layout site={site} title="Connect a device" width="narrow">
      <div class="card">
        <h1>Connect a device</h1>
        <p class="lead">{filledIn ? 'Does your device show this code? If not, close this page.' : 'Type the code that your device shows.'}</p>
        <PostForm class="form" action={action} csrfToken={csrfToken}>
          <Field
            name="user_code"
            label="Code"
            value={userCode}
            hint="Only a code from a device in front of you: never one that somebody sent you."
            autocomplete="off"
            capitals
            technical
            required
            autoFocus={!filledIn}
            error={error}
          />
          <Button kind="primary">{filledIn ? 'Yes, continue' : 'Continue'}</Button>
        </PostForm>
      </div>
    </Layout>
  );
}
