using RnnService.Model.Images;

namespace RnnService.Model.Inference;

/// <summary>An image in the queue of a <see cref="PredictionBatcher"/> and the pending result for its caller.</summary>
/// <param name="Image">The image.</param>
/// <param name="By">The classifier to use, which this instance owns a share of; null for the active one.</param>
/// <param name="Trace">Whether to return the probabilities after each row.</param>
/// <param name="Cancellation">Cancelled when the caller no longer needs the prediction.</param>
internal sealed record PredictionQuestion(IDigit Image, DigitClassifier? By, bool Trace, CancellationToken Cancellation)
{
    // Continuations run asynchronously, so that they do not delay the next batch.
    private readonly TaskCompletionSource<Prediction> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The prediction.</summary>
    public Task<Prediction> Prediction => answer.Task;

    /// <summary>Classifies all images with one classifier. An exception is propagated to all callers.</summary>
    /// <param name="questions">The queued images.</param>
    /// <param name="classifier">The classifier; null if no model is active.</param>
    public static void Answer(IReadOnlyList<PredictionQuestion> questions, DigitClassifier? classifier)
    {
        try
        {
            IReadOnlyList<Prediction> predictions = Classify(questions, classifier ?? throw new InvalidOperationException("No model is active."));
            for (int i = 0; i < questions.Count; i++)
            {
                questions[i].answer.TrySetResult(predictions[i]);
            }
        }
        catch (Exception fault)
        {
            foreach (PredictionQuestion question in questions)
            {
                question.answer.TrySetException(fault);
            }
        }
    }

    private static IReadOnlyList<Prediction> Classify(IReadOnlyList<PredictionQuestion> questions, DigitClassifier classifier) =>
        questions.Any(question => question.Trace)
            ? classifier.Classify([.. questions.Select(question => (question.Image, question.Trace))])
            : classifier.Classify([.. questions.Select(question => question.Image)]);
}
