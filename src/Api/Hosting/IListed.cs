namespace RnnService.Api.Hosting;

/// <summary>What is shown in lists, newest first.</summary>
internal interface IListed
{
    Guid Id { get; }

    /// <summary>Its place, counted up from 1 by the database.</summary>
    int Number { get; }
}
