using Microsoft.Extensions.Options;

namespace RnnService.Api.Security;

/// <summary>Checks that each allowed origin is one: browsers compare origins character by character.</summary>
internal sealed class SecurityOptionsValidator : IValidateOptions<SecurityOptions>
{
    public ValidateOptionsResult Validate(string? name, SecurityOptions options)
    {
        List<string> errors = [];
        for (int i = 0; i < options.AllowedOrigins.Count; i++)
        {
            string origin = options.AllowedOrigins[i];
            if (!IsOrigin(origin))
            {
                errors.Add($"{SecurityOptions.Section}:{nameof(SecurityOptions.AllowedOrigins)}:{i} must be an origin such as https://app.example.com, with the scheme and without a path, not '{origin}'.");
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && text.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        && uri.UserInfo.Length == 0
        && !text.Contains('*', StringComparison.Ordinal);
}
