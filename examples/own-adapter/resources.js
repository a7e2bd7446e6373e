import { mostSecrets, sameResource } from 'keywright/storage';

export const resourceServers = (store) => {
  const { database, log } = store;
  const changed = (id) => log.changed(id, 'resource_servers');
  const whole = (server) => ({ ...server, secrets: database.all('secrets', 'resourceServerId = ? ORDER BY id', server.id) });
  const isScopeTaken = (servers, { id, scopes }) => {
    const taken = servers.filter((other) => other.id !== id).flatMap((other) => other.scopes.map(({ name }) => name));
    return scopes.some(({ name }) => taken.includes(name));
  };
  return {
    add: ({ secrets, ...server }) =>
      store.step(() => {
        const others = database.all('resourceServers', 'TRUE');
        if (others.some(({ identifier }) => sameResource(identifier, server.identifier))) return 'identifier_taken';
        if (isScopeTaken(others, server)) return 'scope_taken';
        database.add('resourceServers', server.id, server);
        for (const secret of secrets) database.add('secrets', secret.id, secret);
        changed(server.id);
        return 'added';
      }),
    async find(id) {
      const server = database.find('resourceServers', id);
      return server && whole(server);
    },
    update: ({ id, name, scopes, tokenFormat, signingAlgorithm, version }) =>
      store.step(() => {
        const known = database.find('resourceServers', id);
        if (!known) return 'unknown';
        if (known.version !== version) return 'outdated';
        if (isScopeTaken(database.all('resourceServers', 'TRUE'), { id, scopes })) return 'scope_taken';
        database.put('resourceServers', id, { ...known, name, scopes, tokenFormat, signingAlgorithm, version: version + 1 });
        changed(id);
        return 'updated';
      }),
    remove: (id) =>
      store.step(() => {
        database.delete('secrets', 'resourceServerId = ?', id);
        const removed = database.delete('resourceServers', 'id = ?', id) > 0;
        if (removed) changed(id);
        return removed;
      }),
    all: async () => database.all('resourceServers', 'TRUE ORDER BY createdAt, id').map(whole),
    addSecret: (secret) =>
      store.step(() => {
        if (!database.find('resourceServers', secret.resourceServerId)) return 'unknown';
        if (database.all('secrets', 'resourceServerId = ?', secret.resourceServerId).length >= mostSecrets) return 'full';
        database.add('secrets', secret.id, secret);
        changed(secret.resourceServerId);
        return 'added';
      }),
    removeSecret: (resourceServerId, secretId) =>
      store.step(() => {
        const removed = database.delete('secrets', 'resourceServerId = ? AND id = ?', resourceServerId, secretId) > 0;
        if (removed) changed(resourceServerId);
        return removed;
      }),
  };
};

export const signingKeys = (store) => ({
  add: (key) =>
    store.step((database) => {
      if (database.get('SELECT id FROM signingKeys WHERE algorithm = ? AND generation = ?', key.algorithm, key.generation)) return 'taken';
      database.add('signingKeys', key.id, key);
      return 'added';
    }),
  all: async () => store.database.all('signingKeys', 'TRUE ORDER BY algorithm, generation'),
  need: (id, until) =>
    store.step((database) => {
      const key = database.find('signingKeys', id);
      if (key && key.neededUntil < until) database.put('signingKeys', id, { ...key, neededUntil: until });
      return key !== null;
    }),
  withdraw: (id) => store.step((database) => database.delete('signingKeys', 'id = ?', id) > 0),
  removeUnneeded: (at) =>
    store.step((database) => {
      const keys = database.all('signingKeys', 'TRUE');
      const follows = (key) => (other) => other.algorithm === key.algorithm && other.generation > key.generation && other.signsFrom < at;
      const unneeded = keys.filter((key) => key.neededUntil < at && keys.some(follows(key)));
      for (const { id } of unneeded) database.delete('signingKeys', 'id = ?', id);
      return unneeded.length;
    }),
});
