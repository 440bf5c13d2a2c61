using RnnService.Api.Datasets;
using RnnService.Api.Hosting;
using RnnService.Api.Http;
using RnnService.Api.Jobs;
using RnnService.Api.Models;
using RnnService.Api.OpenInference;
using RnnService.Api.Prediction;
using RnnService.Api.Progress;
using RnnService.Api.Roles;
using RnnService.Api.Security;
using RnnService.Api.Storage;
using RnnService.Api.Storage.Notifications;
using RnnService.Api.Training;

CommandLine arguments = CommandLine.Parse(args);

// Read the settings next to the executable, independent of the working directory.
WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments.Settings, ContentRootPath = AppContext.BaseDirectory });
ServiceRoles roles = ServiceRoles.Read(builder.Configuration);

builder.Services
    .AddSingleton(TimeProvider.System)
    .AddRoles(roles)
    .AddHttp()
    .AddSecurity()
    .AddStorage()
    .AddNotifications()
    .AddJobs()
    .AddDatasets()
    .AddModels()
    .AddPrediction()
    .AddProgress()
    .AddOpenInference()
    .AddTraining(roles)
    .AddHealth()
    .AddOpenApiDocument()
    .AddWebPage()
    .AddHtmlPolicies()
    .AddStartup();

WebApplication app = builder.Build();
if (arguments.Command is string command)
{
    return await app.RunCommandAsync(command);
}

if (!await app.CanStartAsync())
{
    return 1;
}

app.UseProblemResponses();
app.UseSecurity();
app.MapBackgroundJobs();

RouteGroupBuilder api = app.MapGroup("").RefuseUnknownQueryParameters();
api.MapHealth();
if (roles.IsApi)
{
    app.UseWebPage();
    app.UseOpenApiDocument();
    api.MapTraining();
    api.MapJobs();
    api.MapProgress();
    api.MapPrediction();
    api.MapOpenInference();
    api.MapModels();
    api.MapActiveModel();
    api.MapMisclassifications();
}

return app.TryRun() ? 0 : 1;
