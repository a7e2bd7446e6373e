/** The same object, of whatever class it is, with some members replaced. */
export function replacing<Target extends object>(object: Target, members: Partial<Target>): Target {
  return new Proxy(object, {
    get(target, name) {
      const member: unknown = Reflect.get(name in members ? members : target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
