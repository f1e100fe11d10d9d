#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Of the second it takes to load a thousand modules most is compiling them: what came of that is kept for the next start.
enableCompileCache();
await import('../local/commands/command-line.ts');
