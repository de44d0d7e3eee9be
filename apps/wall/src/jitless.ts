import { z } from 'zod';

// The page's policy forbids `new Function`, which zod would probe for: this module is imported before any contract.
z.config({ jitless: true });
