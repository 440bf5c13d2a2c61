using static TorchSharp.torch;

namespace RnnService.Model.Networks;

/// <summary>
/// Recurrent layers as a function of torch's autograd. Its arguments are the layers, the images, and the weights; no gradient is computed for images.
/// </summary>
internal sealed class RecurrentFunction : autograd.SingleTensorFunction<RecurrentFunction>
{
    private const string Pass = "pass";

    public override string Name => nameof(RecurrentFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor features, RecurrentPass pass) = ((RecurrentStack)vars[0]).ForwardForTraining((Tensor)vars[1]);
        ctx.save_data(Pass, pass);
        return features;
    }

    /// <summary>Must not throw, because the caller is native code.</summary>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        RecurrentPass pass = (RecurrentPass)ctx.get_data(Pass);
        return [null!, null!, .. pass.Stack.Backward(pass, grad_output)];
    }
}
