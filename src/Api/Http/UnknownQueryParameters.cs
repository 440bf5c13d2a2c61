using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;

namespace RnnService.Api.Http;

/// <summary>Refuses query parameters that an endpoint does not have, before the request is bound: a misspelled one would be ignored.</summary>
internal static class UnknownQueryParameters
{
    /// <summary>Applies to all endpoints of a group. The known parameters are those of the handler.</summary>
    public static TBuilder RefuseUnknownQueryParameters<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(endpoint =>
        {
            RequestDelegate handler = endpoint.RequestDelegate!;
            string[] known = [.. KnownTo((RouteEndpointBuilder)endpoint)];
            endpoint.RequestDelegate = http =>
            {
                if (http.Request.QueryString.HasValue)
                {
                    ThrowIfUnknown(http.Request, known);
                }

                return handler(http);
            };
        });
        return endpoints;
    }

    private static IEnumerable<string> KnownTo(RouteEndpointBuilder endpoint)
    {
        RoutePattern route = endpoint.RoutePattern;
        return endpoint.Metadata.OfType<IParameterBindingMetadata>()
            .Where(parameter => IsQuery(parameter) && route.GetParameter(parameter.Name) is null)
            .Select(parameter => parameter.Name)
            .Concat(endpoint.Metadata.OfType<AcceptedQueryParameter>().Select(parameter => parameter.Name));
    }

    /// <summary>A parameter without a source attribute that a string can be converted to is bound from the route or else from the query.</summary>
    private static bool IsQuery(IParameterBindingMetadata parameter)
    {
        object[] attributes = parameter.ParameterInfo.GetCustomAttributes(inherit: false);
        return attributes.OfType<IFromQueryMetadata>().Any()
            || ((parameter.HasTryParse || parameter.ParameterInfo.ParameterType == typeof(string)) && !attributes.Any(attribute => attribute is IFromHeaderMetadata or IFromRouteMetadata or IFromBodyMetadata or IFromFormMetadata));
    }

    private static void ThrowIfUnknown(HttpRequest request, string[] known)
    {
        ValidationErrors errors = new();
        foreach (string name in request.Query.Keys.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            string available = known.Length == 0 ? "It has none." : $"Its parameters are {string.Join(", ", known)}.";
            errors.Add(
                ValidationErrors.Shortened(name)!,
                $"is not a query parameter of {request.Method} {ValidationErrors.Shortened(request.Path)}. {available}{NearestName.Question(name, known)}");
        }

        errors.ThrowIfAny();
    }
}
