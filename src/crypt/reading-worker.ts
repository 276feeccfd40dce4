/** Entry of the reading thread. */
import { parentPort } from 'node:worker_threads'
import { serveReading } from './reading-service.ts'

if (parentPort) serveReading(parentPort)
