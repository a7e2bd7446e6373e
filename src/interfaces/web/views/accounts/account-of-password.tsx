/** Whose password a form sets, for password managers, which keep the two together. A field of text that is not shown: they overlook `type="hidden"`. */
export function AccountOfPassword({ email }: { readonly email: string }) {
  return <input type="text" name="username" value={email} autocomplete="username" readOnly hidden />;
}
