// The training jobs of the fixture: networks of a few kilobytes, on so few images that an epoch takes a fraction of a second.
export const small = { hiddenSize: 8, epochs: 2, trainingImages: 200 };

/** The model of the last one is deleted. */
export const succeeding = [
  { ...small, preset: 'article' },
  { ...small, preset: 'fast', network: 'gru', seed: 2 },
  { ...small, preset: 'accurate', hiddenSize: 4, epochs: 4, weightAveraging: 0.9, patience: 2, seed: 3 },
  { ...small, network: 'fnn', layers: 2, dropout: 0.1, schedule: 'oneCycle', learningRate: 0.01 },
  { ...small, network: 'rnn', layers: 2, bidirectional: true, augmentation: 'shift', maxGradientNorm: 0.5 },
  small,
];

/** Cancelled in the middle of an epoch, each of which takes a second or so. */
export const long = { hiddenSize: 8, epochs: 1000 };

export const divergent = { ...small, learningRate: 1, schedule: 'constant' };

/**
 * Its checkpoint has every part: moments, unaveraged weights, and the best epoch. With this seed the best epoch is the 7th, by a wide margin, so the
 * final network is right only if the best weights are read from the checkpoint.
 */
export const interrupted = {
  preset: 'accurate',
  hiddenSize: 4,
  epochs: 16,
  trainingImages: 16,
  batchSize: 8,
  learningRate: 0.02,
  weightAveraging: 0.5,
  patience: 16,
  seed: 16,
};

/** The service is killed after this many epochs, or a few more. */
export const interruptedAfter = 8;

export const queued = { ...small, seed: 7 };
