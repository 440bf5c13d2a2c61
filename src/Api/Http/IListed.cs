namespace RnnService.Api.Http;

/// <summary>An item of a list that is sorted newest first.</summary>
internal interface IListed
{
    Guid Id { get; }

    /// <summary>A number that the database counts up from 1.</summary>
    int Number { get; }
}
