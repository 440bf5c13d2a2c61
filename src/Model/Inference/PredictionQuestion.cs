using RnnService.Model.Images;

namespace RnnService.Model.Inference;

/// <summary>An image in the queue of a <see cref="PredictionBatcher"/>, and the caller waiting for its prediction.</summary>
/// <param name="Image">The image.</param>
/// <param name="By">The classifier to use, of which the question is an owner; null for the active one.</param>
/// <param name="Trace">Whether the probabilities after each row are wanted.</param>
/// <param name="Cancellation">Cancelled when the caller no longer waits.</param>
internal sealed record PredictionQuestion(IDigit Image, DigitClassifier? By, bool Trace, CancellationToken Cancellation)
{
    // Continuations run elsewhere, so that no caller's work delays the next batch.
    private readonly TaskCompletionSource<Prediction> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The prediction.</summary>
    public Task<Prediction> Prediction => answer.Task;

    /// <summary>Classifies the images of all questions with one classifier. A fault reaches the callers of all of them.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="classifier">The classifier; null when no model is active.</param>
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
