/** The passwords that attackers try first. */
export interface CommonPasswords {
  includes(password: string): boolean;
}
