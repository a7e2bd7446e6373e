import { AddResourceServerSecret } from './application/resources/add-resource-server-secret.js';
import { EditResourceServer } from './application/resources/edit-resource-server.js';
import { ListResourceServers } from './application/resources/list-resource-servers.js';
import { RegisterResourceServer } from './application/resources/register-resource-server.js';
import { RemoveResourceServer } from './application/resources/remove-resource-server.js';
import { RemoveResourceServerSecret } from './application/resources/remove-resource-server-secret.js';
import type { ResourceServerUseCases } from './application/resources/resource-server-use-cases.js';
import { ShowResourceServer } from './application/resources/show-resource-server.js';
import type { Container } from './container.js';

export function resourceServerUseCases(container: Container): ResourceServerUseCases {
  return {
    register: container.resolve(RegisterResourceServer),
    list: container.resolve(ListResourceServers),
    show: container.resolve(ShowResourceServer),
    edit: container.resolve(EditResourceServer),
    remove: container.resolve(RemoveResourceServer),
    addSecret: container.resolve(AddResourceServerSecret),
    removeSecret: container.resolve(RemoveResourceServerSecret),
  };
}
