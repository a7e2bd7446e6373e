import '../application/planted.js';
import 'fastify';
