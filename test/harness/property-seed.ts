/** `PROPERTY_SEED` decides what properties are tried with, so that a commit is judged alike wherever it is tested. */
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['PROPERTY_SEED']) });
