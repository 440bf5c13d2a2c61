using RnnService.Api.Storage;

namespace RnnService.Api.Models;

/// <summary>
/// Finds the model that a prediction selects. While the database is away, it finds the models that this process has loaded: predictions continue from memory. Otherwise the
/// database decides, so that a deleted model is not found, whichever process deleted it.
/// </summary>
internal sealed class ModelSelection(ModelRegistry registry, ActiveModel active, ModelCache cache)
{
    /// <exception cref="ModelNotFoundException">No model has this id, or the text is not an id.</exception>
    public async Task<ModelVersion> GetAsync(string id, CancellationToken cancellation) =>
        await FindAsync(async () => await registry.GetAsync(id, cancellation), model => Guid.TryParse(id, out Guid selected) && model.Id == selected) ?? throw new ModelNotFoundException(id);

    /// <summary>Finds a model by its version number; null if there is none.</summary>
    public Task<ModelVersion?> FindAsync(int number, CancellationToken cancellation) => FindAsync(() => registry.FindAsync(number, cancellation), model => model.Number == number);

    private async Task<ModelVersion?> FindAsync(Func<Task<ModelVersion?>> stored, Func<ModelVersion, bool> isSelected)
    {
        try
        {
            return await stored();
        }
        catch (Exception e) when (DatabaseFaults.IsTransient(e) && FindLoaded(isSelected) is ModelVersion loaded)
        {
            return loaded;
        }
    }

    private ModelVersion? FindLoaded(Func<ModelVersion, bool> isSelected) =>
        active.Current is ModelVersion current && isSelected(current) ? current : cache.Find(isSelected);
}
